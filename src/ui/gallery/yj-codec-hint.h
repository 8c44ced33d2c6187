/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *yj_codec_hint_dup_error (const GError *error);

G_END_DECLS
