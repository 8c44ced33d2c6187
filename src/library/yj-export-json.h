/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-export-form.h"

G_BEGIN_DECLS

void yj_export_json_head    (const YjConversationRow *conversation,
                             GString                 *target);
void yj_export_json_message (const YjMessageRow      *message,
                             gboolean                 first,
                             GString                 *target);

G_END_DECLS
