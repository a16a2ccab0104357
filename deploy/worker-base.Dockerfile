# What Integr8sCode.Workers runs on: ASP.NET Core, and beside it what the sandbox and the scripts need. docs/deploy.md says how to use it.
FROM mcr.microsoft.com/dotnet/aspnet:10.0

# What is not installed is not offered; further ones that the worker knows: gcc g++ golang-go lua5.4 php-cli.
ARG INTERPRETERS="python3 nodejs perl ruby"

USER root
RUN apt-get update \
    && apt-get install --yes --no-install-recommends bubblewrap util-linux ${INTERPRETERS} \
    && rm -rf /var/lib/apt/lists/* \
    && dpkg --compare-versions "$(bwrap --version | cut -d ' ' -f 2)" ge 0.8.0
USER $APP_UID
