/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-prompt.h"

G_BEGIN_DECLS

/* Where the variables of a prompt are filled in. Signal "filled" (text). */
#define YJ_TYPE_PROMPT_FORM (yj_prompt_form_get_type ())
G_DECLARE_FINAL_TYPE (YjPromptForm, yj_prompt_form, YJ, PROMPT_FORM, AdwNavigationPage)

AdwNavigationPage *yj_prompt_form_new (YjPrompt *prompt);

G_END_DECLS
