/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a conversation shows before its first message. Signal "chosen" (string): words to begin with. */
#define YJ_TYPE_CHAT_START (yj_chat_start_get_type ())
G_DECLARE_FINAL_TYPE (YjChatStart, yj_chat_start, YJ, CHAT_START, AdwBin)

G_END_DECLS
