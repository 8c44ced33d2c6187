/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* Asks for the system prompt of a conversation. Signal "done" (string), when it is closed and the text is another one. */
#define YJ_TYPE_SYSTEM_PROMPT_DIALOG (yj_system_prompt_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjSystemPromptDialog, yj_system_prompt_dialog, YJ, SYSTEM_PROMPT_DIALOG, AdwDialog)

YjSystemPromptDialog *yj_system_prompt_dialog_new (const char *text,
                                                   YjLibrary  *library);

G_END_DECLS
