/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-session.h"

G_BEGIN_DECLS

/* Takes an API key: checks it with the platform first, then gives it to the session. */
#define YJ_TYPE_KEY_DIALOG (yj_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjKeyDialog, yj_key_dialog, YJ, KEY_DIALOG, AdwDialog)

YjKeyDialog *yj_key_dialog_new (YjSession *session);

G_END_DECLS
