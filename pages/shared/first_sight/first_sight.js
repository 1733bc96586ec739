// Says once that what arrived with it is on the screen: nothing of it is still being fetched, and a frame was painted.

const FETCHED = '[data-testid="stSkeleton"]'; // what Streamlit shows for a part that it fetches
const MOST_FRAMES = 120;

class FirstSight extends Mounted {
  update({ setTriggerValue }) {
    this.say = () => setTriggerValue("seen", true);
    if (this.looks) return;
    this.looks = true;
    this.look(MOST_FRAMES);
  }

  look(frames) {
    requestAnimationFrame(() => {
      if (!this.root.isConnected) return;
      if (frames && document.querySelector(FETCHED)) this.look(frames - 1);
      else setTimeout(() => this.say()); // after the frame
    });
  }
}

export default mount("firstSight", ".first-sight", FirstSight);
