/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "yj-sandbox-answer.h"
#include "yj-sandbox-fault.h"

G_BEGIN_DECLS

/* One answer on its way, in the platform's chunk shapes. */
typedef struct _YjSandboxChat YjSandboxChat;

YjSandboxChat *yj_sandbox_chat_new    (const YjSandboxQuestion *question,
                                       double                   speed,
                                       YjSandboxFaults         *faults);
void           yj_sandbox_chat_free   (YjSandboxChat           *self);
/* A YjSandboxSource of the stream. */
GBytes        *yj_sandbox_chat_next   (gpointer                 self,
                                       gint64                  *due);
char          *yj_sandbox_chat_whole  (YjSandboxChat           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSandboxChat, yj_sandbox_chat_free)

G_END_DECLS
