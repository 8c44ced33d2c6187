/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "yj-probe.h"

G_BEGIN_DECLS

#define YJ_MAX_PIXELS (64 * 1000 * 1000)

void yj_answer       (JsonBuilder   *facts,
                      gconstpointer  payload,
                      gsize          length) G_GNUC_NORETURN;
void yj_answer_error (YjMediaError   code,
                      const char    *format,
                      ...) G_GNUC_NORETURN G_GNUC_PRINTF (2, 3);

G_END_DECLS
