/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-sandbox-fault.h"

G_BEGIN_DECLS

/* The pretended platform: a server on the loopback interface. */
#define YJ_TYPE_SANDBOX_SERVER (yj_sandbox_server_get_type ())
G_DECLARE_FINAL_TYPE (YjSandboxServer, yj_sandbox_server, YJ, SANDBOX_SERVER, GObject)

YjSandboxServer *yj_sandbox_server_new          (const char          *key,
                                                 double               speed,
                                                 YjSandboxFaultList  *faults);
gboolean         yj_sandbox_server_listen       (YjSandboxServer     *self,
                                                 guint                port,
                                                 GError             **error);
const char      *yj_sandbox_server_get_base_url (YjSandboxServer     *self);
const char      *yj_sandbox_server_get_key      (YjSandboxServer     *self);
/* Ends the renderers and removes all files. */
void             yj_sandbox_server_stop         (YjSandboxServer     *self);

G_END_DECLS
