// Short things a face does that are one event each: a nod, a shake of the head, a blink, eyes kept closed.

export type Sign = "nod" | "shake" | "blink" | "eyes closed";

/** Turning points of one angle, with hysteresis; plain data. */
interface Swing {
  /** Furthest value since the last turning point, and which way it goes: 1 up, -1 down, 0 before anything moved. */
  extreme: number;
  going: number;
  /** When it turned, s, the last few. */
  turns: number[];
}

/** Plain data. */
export interface Signs {
  pitch: Swing;
  yaw: Swing;
  /** When a nod or a shake was last told, s. */
  told: number;
  /** When both eyes closed, s; NaN while they are open. */
  closed: number;
  longClosed: boolean;
  last: Sign[];
}

/** rad between turning points, so many of which within WINDOW s are a nod or a shake. */
const SWING = 0.06;
const TURNS = 3;
const WINDOW = 1.6;
/** s of quiet after which the next bout is told anew. */
const APART = 1;
/** Closure at which eyes count as closed, and open again. */
const CLOSED = 0.55,
  OPEN = 0.35;
/** s up to which closed eyes are a blink, and from which they are closed. */
const BLINK = 0.4,
  KEPT_CLOSED = 0.5;

export function createSigns(): Signs {
  const swing = (): Swing => ({ extreme: NaN, going: 0, turns: [] });
  return { pitch: swing(), yaw: swing(), told: -Infinity, closed: NaN, longClosed: false, last: [] };
}

/**
 * One frame; what was seen in it is in `signs.last`.
 *
 * @param pitch, yaw rad, NaN where the head is not seen
 * @param closure of the eye that is less closed, 0..1, NaN where not seen
 */
export function watchSigns(signs: Signs, time: number, pitch: number, yaw: number, closure: number): void {
  if (signs.last.length > 0) signs.last = [];
  const nodded = swung(signs.pitch, time, pitch),
    shaken = swung(signs.yaw, time, yaw);
  if (nodded || shaken) {
    const recent = (swing: Swing): number => swing.turns.filter((t) => time - t <= WINDOW).length;
    const nods = recent(signs.pitch),
      shakes = recent(signs.yaw);
    if (Math.max(nods, shakes) >= TURNS && nods !== shakes) {
      if (time - signs.told > APART) signs.last.push(nods > shakes ? "nod" : "shake");
      signs.told = time;
    }
  }
  watchEyes(signs, time, closure);
}

function watchEyes(signs: Signs, time: number, closure: number): void {
  if (!Number.isFinite(closure)) {
    signs.closed = NaN;
    signs.longClosed = false;
  } else if (Number.isNaN(signs.closed)) {
    if (closure >= CLOSED) signs.closed = time;
  } else if (closure < OPEN) {
    if (time - signs.closed <= BLINK) signs.last.push("blink");
    signs.closed = NaN;
    signs.longClosed = false;
  } else if (!signs.longClosed && time - signs.closed >= KEPT_CLOSED) {
    signs.longClosed = true;
    signs.last.push("eyes closed");
  }
}

/** Whether the angle has just turned by more than SWING. */
function swung(swing: Swing, time: number, angle: number): boolean {
  if (!Number.isFinite(angle)) {
    swing.extreme = NaN;
    swing.going = 0;
    swing.turns = [];
    return false;
  }
  if (!(swing.extreme === swing.extreme)) {
    swing.extreme = angle;
    return false;
  }
  const beyond = swing.going === 0 ? Math.abs(angle - swing.extreme) : swing.going * (swing.extreme - angle);
  if (swing.going !== 0 && swing.going * (angle - swing.extreme) > 0) swing.extreme = angle;
  if (beyond < SWING) return false;
  const turned = swing.going !== 0;
  swing.going = angle > swing.extreme ? 1 : -1;
  swing.extreme = angle;
  if (turned) swing.turns = [...swing.turns.slice(-TURNS), time];
  return turned;
}
