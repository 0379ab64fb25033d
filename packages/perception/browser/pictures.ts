// When a video shows a new picture, and when that picture was: the clock of everything that is seen.

/** s by which a picture is at least later than the one before, where a file's own time goes back (somebody sought in it). */
const STEP = 1 / 60;

/**
 * @param file whether times are the file's own; a camera's begin at 0 with the first picture
 * @param tell called with the time of each new picture, s, and when it was taken or shown on the page's own clock, ms; times
 *   only go on
 * @returns what ends it
 */
export function watchPictures(
  video: HTMLVideoElement,
  file: boolean,
  tell: (time: number, at: number) => void,
): () => void {
  let stopped = false,
    last = -Infinity,
    shift: number | undefined;
  function told(seconds: number, at: number): void {
    // NaN until the first; a file keeps its own zero.
    shift ??= file ? 0 : -seconds;
    let time = seconds + shift;
    if (time === last) return;
    if (time < last) {
      // A camera's pictures do not come in another order: this one was told twice.
      if (!file) return;
      shift += last + STEP - time;
      time = last + STEP;
    }
    last = time;
    tell(time, at);
  }
  const stop = (): void => void (stopped = true);
  if ("requestVideoFrameCallback" in video) {
    const next = (now: number, { captureTime, mediaTime }: VideoFrameCallbackMetadata): void => {
      if (stopped) return;
      video.requestVideoFrameCallback(next);
      const at = file ? now : (captureTime ?? now);
      told(file ? mediaTime : at / 1000, at);
    };
    video.requestVideoFrameCallback(next);
    return stop;
  }
  // Browsers without it: a new picture is told by the video's clock.
  const element: HTMLVideoElement = video;
  let before = NaN;
  const look = (now: number): void => {
    if (stopped) return;
    requestAnimationFrame(look);
    if (element.readyState < element.HAVE_CURRENT_DATA || element.currentTime === before) return;
    before = element.currentTime;
    told(file ? before : now / 1000, now);
  };
  requestAnimationFrame(look);
  return stop;
}
