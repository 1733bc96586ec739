// A file that was made on a click: its download starts by itself, once.

const handed = new Set();

class HandedOver extends Mounted {
  update({ data }) {
    if (handed.has(data.id)) return;
    handed.add(data.id);
    hand(data);
  }
}

export default mount("handedOver", ".handed-over", HandedOver);
