// A button that asks for files. The same file can be chosen again, after it was mended or another was tried.

import { useRef } from "react";

export function FileButton({
  words,
  accept,
  multiple = false,
  quiet = false,
  disabled = false,
  take,
}: {
  words: string;
  /** As the input's own `accept`. */
  accept: string;
  multiple?: boolean;
  quiet?: boolean;
  disabled?: boolean;
  /** Called with one file at least. */
  take: (files: readonly File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={quiet ? "quiet" : ""} disabled={disabled} onClick={() => input.current?.click()}>
        {words}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        hidden
        aria-label={words}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) take(files);
        }}
      />
    </>
  );
}
