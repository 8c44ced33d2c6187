/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-window.h"

G_BEGIN_DECLS

gboolean  yj_closing_ask (YjWindow *window);

G_END_DECLS
