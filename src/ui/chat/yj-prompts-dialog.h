/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* The prompts that are kept. Signal "insert" (text): one is to be used, its variables filled in. */
#define YJ_TYPE_PROMPTS_DIALOG (yj_prompts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjPromptsDialog, yj_prompts_dialog, YJ, PROMPTS_DIALOG, AdwDialog)

YjPromptsDialog *yj_prompts_dialog_new  (YjLibrary       *library,
                                         const char      *draft);
void             yj_prompts_dialog_use  (YjPromptsDialog *self,
                                         YjPrompt        *prompt);
void             yj_prompts_dialog_edit (YjPromptsDialog *self,
                                         YjPrompt        *prompt,
                                         const char      *body);

G_END_DECLS
