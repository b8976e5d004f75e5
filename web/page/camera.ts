// Codes from photographs and from a camera, where the browser itself can read them.

interface Detector {
  detect: (image: ImageBitmapSource) => Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: { new (of: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> } | undefined;

/** A reader of QR codes; undefined if this browser has none. */
export async function detector(): Promise<Detector | undefined> {
  if (typeof BarcodeDetector === "undefined") return undefined;
  const formats = await BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : undefined;
}

/** Whether a page from here may ask for the camera at all. */
export const mayFilm = (): boolean => typeof navigator.mediaDevices?.getUserMedia === "function";

/** The codes in a photograph. */
export async function inPhotograph(reader: Detector, image: Blob): Promise<string[]> {
  const bitmap = await createImageBitmap(image);
  const codes = await reader.detect(bitmap);
  bitmap.close();
  return codes.map(({ rawValue }) => rawValue);
}

/** Films until `stop` is called; gives every code that it sees. */
export async function film(reader: Detector, video: HTMLVideoElement, seen: (code: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  let running = true;
  const look = async (): Promise<void> => {
    while (running) {
      for (const { rawValue } of await reader.detect(video)) seen(rawValue);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  void look().catch(() => undefined);
  return () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
