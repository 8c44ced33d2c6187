/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A prompt that is kept for later. "name" and "body" are properties with notify. */
#define YJ_TYPE_PROMPT (yj_prompt_get_type ())
G_DECLARE_FINAL_TYPE (YjPrompt, yj_prompt, YJ, PROMPT, GObject)

YjPrompt   *yj_prompt_new            (gint64              id,
                                      const char         *name,
                                      const char         *body);
/* A recipe: its body is a draft as JSON. */
YjPrompt   *yj_prompt_new_recipe     (gint64              id,
                                      const char         *name,
                                      const char         *body);
gboolean    yj_prompt_is_recipe      (YjPrompt           *self);
gint64      yj_prompt_get_id         (YjPrompt           *self);        /* 0: was never saved */
void        yj_prompt_set_id         (YjPrompt           *self,
                                      gint64              id);
const char *yj_prompt_get_name       (YjPrompt           *self);
const char *yj_prompt_get_body       (YjPrompt           *self);

/* ---- {{variables}} in a text */
GStrv       yj_prompt_list_variables (const char         *body);
char       *yj_prompt_fill           (const char         *body,
                                      const char * const *names,
                                      const char * const *values);

G_END_DECLS
