// photo.mjs MODULES PHOTO...: what @vladmandic/face-api, on WebAssembly, takes from a photo's file to its vector.
// Prints the median of seconds of processor time, and in how many photos it found a face. MODULES is the
// folder node_modules.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const [modules, ...photos] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'index.js'));
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const jpeg = require('jpeg-js');
const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');

wasm.setWasmPaths(path.join(modules, '@tensorflow/tfjs-backend-wasm/dist/'));
await tf.setBackend('wasm');
await tf.ready();
const weights = path.join(modules, '@vladmandic/face-api/model');
for (const net of [
  faceapi.nets.ssdMobilenetv1, faceapi.nets.faceLandmark68Net, faceapi.nets.faceRecognitionNet
]) {
  await net.loadFromDisk(weights);
}

async function vectorOf(file) {
  const picture = jpeg.decode(fs.readFileSync(file), {useTArray: true, formatAsRGBA: false});
  const pixels = tf.tensor3d(picture.data, [picture.height, picture.width, 3], 'int32');
  const face = await faceapi.detectSingleFace(pixels).withFaceLandmarks().withFaceDescriptor();
  pixels.dispose();
  return face?.descriptor;
}

await vectorOf(photos[0]);
const seconds = [];
let found = 0;
for (const photo of photos) {
  const begin = process.cpuUsage();
  if (await vectorOf(photo)) ++found;
  const used = process.cpuUsage(begin);
  seconds.push((used.user + used.system) / 1e6);
}
seconds.sort((a, b) => a - b);
console.log(seconds[Math.floor(seconds.length / 2)], found);
