/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Our own local platform as a subprocess that ends with us. Signal ended (): it is gone without having been told to. */
#define YJ_TYPE_SANDBOX_PROCESS (yj_sandbox_process_get_type ())
G_DECLARE_FINAL_TYPE (YjSandboxProcess, yj_sandbox_process, YJ, SANDBOX_PROCESS, GObject)

void              yj_sandbox_process_start_async  (GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
YjSandboxProcess *yj_sandbox_process_start_finish (GAsyncResult         *result,
                                                   GError              **error);
const char       *yj_sandbox_process_get_base_url (YjSandboxProcess     *self);
const char       *yj_sandbox_process_get_key      (YjSandboxProcess     *self);
void              yj_sandbox_process_stop         (YjSandboxProcess     *self);

G_END_DECLS
