/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a chat request asks; borrowed from the request. */
typedef struct
{
  const char *prompt;           /* the newest question */
  const char *system_prompt;    /* or NULL */
  const char *model;
  gboolean    stream;
  guint       earlier;          /* messages before the question */
  const char *first;            /* the first question of them, or NULL */
  const char *before;           /* the last question of them, or NULL */
  const char *cut;              /* what was answered last, if the question asks to go on with that, or NULL */
  guint       tokens;           /* in all that was sent */
} YjSandboxQuestion;

const char *yj_sandbox_question_read (YjSandboxQuestion *self,
                                      JsonObject        *body);

G_END_DECLS
