// What something means, shown on hover and on focus, and read by screen readers.

import { type ReactNode, useId, useState } from "react";

export function Why({
  text,
  children,
  className = "",
  onOpen,
}: {
  text: string;
  children: ReactNode;
  className?: string;
  /** Told when it opens and closes, for whoever must hold still meanwhile. */
  onOpen?: (open: boolean) => void;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const turn = (on: boolean): void => {
    setOpen(on);
    onOpen?.(on);
  };
  return (
    <span className={`why ${className}`} onMouseEnter={() => turn(true)} onMouseLeave={() => turn(false)}>
      <button
        type="button"
        aria-describedby={id}
        onFocus={() => turn(true)}
        onBlur={() => turn(false)}
        onClick={() => turn(true)}
        onKeyDown={(event) => event.key === "Escape" && turn(false)}
      >
        {children}
      </button>
      <span role="tooltip" id={id} hidden={!open}>
        {text}
      </span>
    </span>
  );
}
