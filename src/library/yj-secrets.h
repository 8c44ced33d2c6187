/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keys by origin (base URL): in the Secret Service, or for this run only when there is none. */
#define YJ_TYPE_SECRETS (yj_secrets_get_type ())
G_DECLARE_FINAL_TYPE (YjSecrets, yj_secrets, YJ, SECRETS, GObject)

YjSecrets *yj_secrets_new           (void);
/* Takes the key for this run; nothing is written anywhere. NULL forgets it. */
void       yj_secrets_set_for_run   (YjSecrets            *self,
                                     const char           *origin,
                                     const char           *key);
/* NULL without error: none is stored. An error: no keyring, locked, refused (G_IO_ERROR or libsecret's own). */
void       yj_secrets_lookup_async  (YjSecrets            *self,
                                     const char           *origin,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char      *yj_secrets_lookup_finish (YjSecrets            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void       yj_secrets_store_async   (YjSecrets            *self,
                                     const char           *origin,
                                     const char           *key,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   yj_secrets_store_finish  (YjSecrets            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void       yj_secrets_clear_async   (YjSecrets            *self,
                                     const char           *origin,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   yj_secrets_clear_finish  (YjSecrets            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
/* Wipes and frees a key. */
void       yj_secrets_free_key      (char                 *key);
/* Whether @key could be one: trimmed, 8 to 512 visible ASCII characters. Returns the trimmed copy or NULL. */
char      *yj_secrets_clean_key     (const char           *key);

G_END_DECLS
