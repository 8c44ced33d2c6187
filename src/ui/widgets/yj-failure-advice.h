/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What to change after a refusal, by the words of it; NULL: they give no hint. */
const char *yj_failure_advice_get (const char *message);

G_END_DECLS
