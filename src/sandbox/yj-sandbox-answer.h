/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-sandbox-question.h"

G_BEGIN_DECLS

/* What the sandbox says: no AI, and says so. @reasoning is NULL unless it was asked to think. */
char *yj_sandbox_answer       (const YjSandboxQuestion  *question,
                               char                    **reasoning);
/* Bytes of the next token, as pieces go in a stream. */
gsize yj_sandbox_token_length (const char               *text);
guint yj_sandbox_count_tokens (const char               *text);

G_END_DECLS
