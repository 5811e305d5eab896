import { STRANGERS } from './cast.ts';
import { describeRights } from './checks.ts';

describeRights(STRANGERS);
