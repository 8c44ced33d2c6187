/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that conversations get by themselves. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *yj_title_make (const char *question);

G_END_DECLS
