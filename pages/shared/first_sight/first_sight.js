// Says that what arrived with it is on the screen: nothing of it is still being fetched, and a frame was painted.

const FETCHED = '[data-testid="stSkeleton"]'; // what Streamlit shows for a part that it fetches
const MOST_FRAMES = 120;
const AGAIN = 3000; // ms: a tab that nobody looks at paints no frames, and what was said during a cut is lost

class FirstSight extends Mounted {
  update({ setTriggerValue }) {
    this.say = () => setTriggerValue("seen", true);
    if (this.again) return;
    this.again = setInterval(() => this.say(), AGAIN);
    this.look(MOST_FRAMES);
  }

  look(frames) {
    requestAnimationFrame(() => {
      if (this.left.signal.aborted) return;
      if (frames && document.querySelector(FETCHED)) this.look(frames - 1);
      else setTimeout(() => this.say()); // after the frame
    });
  }

  destroy() {
    clearInterval(this.again);
    super.destroy();
  }
}

export default mount("firstSight", ".first-sight", FirstSight);
