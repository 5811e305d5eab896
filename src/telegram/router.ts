import type { MiddlewareFn } from 'grammy';
import type { z } from 'zod';
import type { ButtonKind } from './button.ts';
import type { Context } from './context.ts';

type Parts = Readonly<Record<string, z.ZodType<string, string>>>;
type Values<P extends Parts> = { readonly [K in keyof P]: z.output<P[K]> };
type Press = (ctx: Context, data: string) => Promise<boolean>;

/** Finds the handler of a pressed button by the first word of its data. */
export interface Router {
  on<P extends Parts>(kind: ButtonKind<P>, handler: (ctx: Context, values: Values<P>) => Promise<void>): void;
  /** Handles known buttons; everything else goes on to what comes below. */
  readonly middleware: MiddlewareFn<Context>;
}

export function createRouter(): Router {
  const presses = new Map<string, Press>();
  return {
    on(kind, handler) {
      if (presses.has(kind.name)) throw new Error(`the button ${kind.name} has two handlers`);
      presses.set(kind.name, async (ctx, data) => {
        const values = kind.parse(data);
        if (values === undefined) return false;
        await handler(ctx, values);
        return true;
      });
    },
    async middleware(ctx, next) {
      const data = ctx.callbackQuery?.data;
      const press = data === undefined ? undefined : presses.get(data.slice(0, data.indexOf(':') >>> 0));
      if (data === undefined || press === undefined || !(await press(ctx, data))) await next();
    },
  };
}
