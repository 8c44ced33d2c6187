/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define YJ_TYPE_PROMPT_HISTORY (yj_prompt_history_get_type ())
G_DECLARE_FINAL_TYPE (YjPromptHistory, yj_prompt_history, YJ, PROMPT_HISTORY, GObject)

YjPromptHistory *yj_prompt_history_new         (GStrv            entries);
gboolean         yj_prompt_history_is_begun    (YjPromptHistory *self);
const char      *yj_prompt_history_step        (YjPromptHistory *self,
                                                int              by,
                                                const char      *text);

G_END_DECLS
