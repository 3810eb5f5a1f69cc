// A photo from the camera or the gallery becomes a small JPEG without metadata: drawn again, 1280 pixels at most.
const LONGEST_SIDE = 1280;
const LARGEST = 1_000_000; // characters of the data address
const PHOTO_ADDRESS = /^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

/* Shrink an image file to a data address; null when it is none that this browser can read. */
async function shrink(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff"; // what is transparent in a PNG would turn black
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    for (const quality of [0.85, 0.7, 0.5, 0.3]) {
      const address = canvas.toDataURL("image/jpeg", quality);
      if (address.length <= LARGEST || quality === 0.3) return PHOTO_ADDRESS.test(address) ? address : null;
    }
  } catch { /* not an image */ }
  return null;
}

const newPhotoName = (criterion) => `photos/${criterion}-${unique(8)}.jpg`;

/* Letters and figures that nobody else has, easy to read aloud. */
function unique(length) {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  return [...crypto.getRandomValues(new Uint8Array(length))].map((one) => letters[one % letters.length]).join("");
}
