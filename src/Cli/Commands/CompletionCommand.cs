using System.CommandLine;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>
/// Prints what a shell needs to complete commands, options and values: it asks the command line itself, by its
/// [suggest] directive.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _dotnet_jobs_complete() {
          local IFS=$'\n'
          local found="$(dotnet-jobs "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
          COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _dotnet_jobs_complete dotnet-jobs
        """;

    private const string Zsh = """
        _dotnet_jobs_complete() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a found
          found=("${(@f)$(dotnet-jobs "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -- $found
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
        compdef _dotnet_jobs_complete dotnet-jobs
        """;

    private const string Fish = """
        function __dotnet_jobs_complete
            set -l line (commandline -cp)
            dotnet-jobs "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -c dotnet-jobs -f -a '(__dotnet_jobs_complete)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName dotnet-jobs -ScriptBlock {
          param($word, $line, $position)
          dotnet-jobs "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = Pwsh,
    };

    public static Command Create(CliContext cli)
    {
        var shell = new Argument<string>("shell")
        {
            Description = string.Join(", ", Scripts.Keys),
            HelpName = "bash|zsh|fish|pwsh",
        };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new CliCommand(
            "completion",
            "Prints what a shell needs to complete dotnet-jobs, which is dotnet jobs in one word.",
            "eval \"$(dotnet jobs completion bash)\"        # now, and from ~/.bashrc always",
            "eval \"$(dotnet jobs completion zsh)\"         # ~/.zshrc",
            "dotnet jobs completion fish | source          # ~/.config/fish/config.fish",
            "dotnet jobs completion pwsh | Out-String | Invoke-Expression      # $PROFILE")
        {
            shell,
        };
        command.SetAction((parsed, _) => new Guard(cli).RunAsync(_ =>
        {
            var name = parsed.GetRequiredValue(shell);
            if (!Scripts.TryGetValue(name, out var script))
            {
                var meant = Spelling.Suggestion(name, Scripts.Keys);
                throw CliException.Usage(
                    $"There is no completion for '{name}'{meant} There are: {string.Join(", ", Scripts.Keys)}.");
            }

            cli.WriteLine(script);
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }
}
