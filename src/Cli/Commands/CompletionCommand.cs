using System.CommandLine;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>Prints what a shell needs to complete commands, options and values: it asks the command line itself, by its [suggest] directive.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _jobs_complete() {
          local IFS=$'\n'
          COMPREPLY=( $(jobs "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null | grep -i -- "^${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -F _jobs_complete jobs
        """;

    private const string Zsh = """
        #compdef jobs
        _jobs_complete() {
          local -a found
          found=("${(@f)$(jobs "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- $found
        }
        compdef _jobs_complete jobs
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName jobs -ScriptBlock {
          param($word, $line, $position)
          jobs "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = Pwsh };

    public static Command Create(CliContext cli)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Scripts.Keys), HelpName = "bash|zsh|pwsh" };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new CliCommand(
            "completion",
            "Prints a script that completes commands, options and values in your shell.",
            "jobs completion bash >> ~/.bashrc",
            "jobs completion zsh >> ~/.zshrc",
            "jobs completion pwsh >> $PROFILE")
        {
            shell,
        };
        command.SetAction((parsed, _) => Guard.RunAsync(cli, again =>
        {
            var name = parsed.GetRequiredValue(shell);
            if (!Scripts.TryGetValue(name, out var script))
            {
                var meant = Spelling.Nearest(name, Scripts.Keys) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
                throw CliException.Usage($"There is no completion for '{name}'{meant} There are: {string.Join(", ", Scripts.Keys)}.");
            }

            cli.WriteLine(script);
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }
}
