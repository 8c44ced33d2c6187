/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* What was used, as far as replies told, and the limit of a month. */
#define YJ_TYPE_USAGE_DIALOG (yj_usage_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjUsageDialog, yj_usage_dialog, YJ, USAGE_DIALOG, AdwDialog)

AdwDialog *yj_usage_dialog_new (YjSession *session);

G_END_DECLS
