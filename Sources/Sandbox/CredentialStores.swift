/// Where the user's secrets lie. A grant that contains one shows it empty; a grant that names one, or a place in one,
/// shows it.
package enum CredentialStores {
  /// Relative to the home directory.
  package static let inHome = [
    ".ssh", ".aws", ".azure", ".netrc", "_netrc", ".pgpass", ".my.cnf", ".mylogin.cnf", ".npmrc", ".yarnrc.yml",
    ".pypirc", ".gem/credentials", ".cargo/credentials", ".cargo/credentials.toml", ".docker", ".kube", ".helm",
    ".gnupg", ".password-store", ".git-credentials", ".vault-token", ".terraform.d", ".terraformrc", ".m2/settings.xml",
    ".m2/settings-security.xml", ".gradle/gradle.properties", ".nuget/NuGet", ".boto", ".s3cfg", ".databrickscfg",
    ".snowflake", ".snowsql", ".oci", ".fly", ".railway", ".heroku", ".digitalocean", ".minikube", ".rclone.conf",
    ".huggingface/token", ".cache/huggingface/token", ".env", ".authinfo", ".authinfo.gpg", ".electrum", ".bitcoin",
    ".ethereum", ".config/gcloud", ".config/gh", ".config/glab-cli", ".config/hub", ".config/git/credentials",
    ".config/op", ".config/rclone", ".config/doctl", ".config/containers/auth.json", ".config/helm", ".config/sops",
    ".config/pypoetry/auth.toml", ".config/stripe", ".config/configstore", ".config/heroku", ".config/netlify",
    ".config/vercel", ".config/solana", ".config/filezilla", ".config/remmina", ".config/keybase",
    ".config/BraveSoftware", ".config/chromium", ".config/google-chrome", ".config/google-chrome-beta",
    ".config/microsoft-edge", ".config/opera", ".config/vivaldi", ".config/Bitwarden", ".config/1Password",
    ".config/Signal", ".config/Slack", ".config/discord", ".config/KeePass", ".mozilla", ".thunderbird",
    ".local/share/keyrings", ".local/share/kwalletd", ".local/share/gh", ".local/share/containers/auth.json",
    ".var/app", "snap", ".bash_history", ".zsh_history", ".python_history", ".psql_history", ".mysql_history",
    ".node_repl_history", ".local/share/fish/fish_history", ".sallyport", ".config/sallyport",
    ".local/share/sallyport", ".local/state/sallyport",
  ]
}
