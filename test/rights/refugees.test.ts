import { REFUGEES } from './cast.ts';
import { describeRights } from './checks.ts';

describeRights(REFUGEES);
