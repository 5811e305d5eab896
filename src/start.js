import { enableCompileCache } from 'node:module';
import path from 'node:path';

// What was compiled is kept beside the packages: the next start strips no types and compiles nothing again, which is half
// its CPU. No TypeScript, because whatever is loaded before this line would bring Node's stripper along, and that is 27 MB.
// Where the folder cannot be written, nothing is kept.
enableCompileCache(path.join(import.meta.dirname, '../node_modules/.cache/compiled'));
await import('./main.ts');
