import { describeAnyLife } from './any-life.js';

describeAnyLife('memory');
