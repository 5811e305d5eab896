import type { ApiAnswer } from '../answers.ts';
import type { Params, UploadedFile } from '../check.ts';
import type { World } from '../world.ts';
import { answerCallbackQuery } from './callback.ts';
import { deleteMyCommands, getMyCommands, setMyCommands } from './commands.ts';
import { deleteMessage, deleteMessages, editMessageReplyMarkup, editMessageText, setMessageReaction } from './edit.ts';
import { getFile } from './file.ts';
import {
  getChat,
  getChatMenuButton,
  getMe,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  leaveChat,
  setChatMenuButton,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from './profile.ts';
import { sendChatAction, sendDocument, sendLocation, sendMessage, sendPhoto, sendVenue } from './send.ts';

type Play = (world: World, params: Params, files: ReadonlyMap<string, UploadedFile>) => ApiAnswer;

/** The methods that are played, apart from those about the delivery of updates. */
export const METHODS: Readonly<Record<string, Play>> = {
  answerCallbackQuery,
  deleteMessage,
  deleteMessages,
  deleteMyCommands,
  editMessageReplyMarkup,
  editMessageText,
  getChat,
  getChatMenuButton,
  getFile,
  getMe,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  leaveChat,
  sendChatAction,
  sendDocument,
  sendLocation,
  sendMessage,
  sendPhoto,
  sendVenue,
  setChatMenuButton,
  setMessageReaction,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
};
