using System.CommandLine;
using Jobs.Core;

namespace Jobs.Cli.Commands;

/// <summary>
/// Prints what a shell needs to know jobs by its name, and to complete commands, options and values: it asks the command line itself, by its
/// [suggest] directive.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # The shell has a command of this name itself, for what runs in its background: it keeps what it understands, and jobs gets the rest.
        jobs() {
          case "${1-}" in
            '' | [%0-9]* | -[lnprsx]*) builtin jobs "$@" ;;
            *) env jobs "$@" ;;
          esac
        }
        _jobs_complete() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(env jobs "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _jobs_complete jobs
        """;

    private const string Zsh = """
        # The shell has a command of this name itself, for what runs in its background: it keeps what it understands, and jobs gets the rest.
        jobs() {
          case "${1-}" in
            '' | [%0-9]* | -[dlprsZ]*) builtin jobs "$@" ;;
            *) env jobs "$@" ;;
          esac
        }
        _jobs_complete() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a found
          found=("${(@f)$(env jobs "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -- $found
        }
        (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
        compdef _jobs_complete jobs
        """;

    private const string Fish = """
        # The shell has a command of this name itself, for what runs in its background: it keeps what it understands, and jobs gets the rest.
        function jobs
            if test (count $argv) -eq 0; or string match -qr '^(%|[0-9]|-[clgpq])' -- $argv[1]
                builtin jobs $argv
            else
                command jobs $argv
            end
        end
        complete -c jobs -e
        complete -c jobs -f -a '(set -l line (commandline -cp); command jobs "[suggest:"(string length -- $line)"]" $line 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName jobs -ScriptBlock {
          param($word, $line, $position)
          jobs "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = Pwsh };

    public static Command Create(CliContext cli)
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Scripts.Keys), HelpName = "bash|zsh|fish|pwsh" };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new CliCommand(
            "completion",
            "Prints what gives your shell the name jobs, and completion. Most shells have a command of this name themselves, for what runs in the background: they keep what they understand.",
            "eval \"$(env jobs completion bash)\"        # now, and from ~/.bashrc always",
            "eval \"$(env jobs completion zsh)\"         # ~/.zshrc",
            "env jobs completion fish | source          # ~/.config/fish/config.fish",
            "jobs completion pwsh | Out-String | Invoke-Expression      # $PROFILE")
        {
            shell,
        };
        command.SetAction((parsed, _) => Guard.RunAsync(cli, again =>
        {
            var name = parsed.GetRequiredValue(shell);
            if (!Scripts.TryGetValue(name, out var script))
            {
                var meant = Spelling.Suggestion(name, Scripts.Keys);
                throw CliException.Usage($"There is no completion for '{name}'{meant} There are: {string.Join(", ", Scripts.Keys)}.");
            }

            cli.WriteLine(script);
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }
}
