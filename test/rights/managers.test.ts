import { MANAGERS } from './cast.ts';
import { describeRights } from './checks.ts';

describeRights(MANAGERS);
