/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-prompt.h"

G_BEGIN_DECLS

/* Where a prompt is written. Signal "saved" (YjPrompt): it has the new name and text. */
#define YJ_TYPE_PROMPT_EDITOR (yj_prompt_editor_get_type ())
G_DECLARE_FINAL_TYPE (YjPromptEditor, yj_prompt_editor, YJ, PROMPT_EDITOR, AdwNavigationPage)

AdwNavigationPage *yj_prompt_editor_new (YjPrompt *prompt);

G_END_DECLS
