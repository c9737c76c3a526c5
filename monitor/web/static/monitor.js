// Every page works without this: it only makes some of it quicker.
import DS from './vendor/design-system.js';

DS.initAll();
