/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

/* Opens the web console, where all is that the API has no calls for.
   @what: "register", "keys", "top-up", "balance" or "models". */
void yj_console_open (YjWindow   *window,
                      const char *what);

G_END_DECLS
