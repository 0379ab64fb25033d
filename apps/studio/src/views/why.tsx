// What something means, shown on hover and on focus, and read by screen readers.

import { type ReactNode, useId, useState } from "react";

export function Why({ text, children, className = "" }: { text: string; children: ReactNode; className?: string }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <span
      className={`why ${className}`}
      tabIndex={0}
      aria-describedby={id}
      onMouseEnter={() => setOpen(true)}
      onMouseLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
    >
      {children}
      <span role="tooltip" id={id} hidden={!open}>
        {text}
      </span>
    </span>
  );
}
