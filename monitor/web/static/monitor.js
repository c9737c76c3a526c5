// Every page works without this: it only makes some of it quicker.
import DS from './vendor/design-system.js';

// Not `initAll`: that marks up every page for analytics, which nobody here reads, and it stops at ids such as `oicw[0].any`.
DS.components.skipLinks.init();
