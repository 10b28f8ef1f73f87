using System.Diagnostics;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line as bash sees it: by its name, which bash has a command of its own for, completed, and at the head of a pipe.</summary>
[Collection(LaptopCollection.Name)]
public sealed class ShellTests : IDisposable
{
    private const string Complete = """
        complete_line() {
          COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"
          [[ $1 == *' ' ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
          _jobs_complete
          printf '%s\n' "${COMPREPLY[@]}"
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-shell-").FullName;
    private readonly RunningLaptop _running;

    public ShellTests(RunningLaptop running)
    {
        _running = running;
        var program = Path.Combine(_folder, "jobs");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "Jobs.Cli.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BashTheory]
    [InlineData("jobs ru", "runs")]
    [InlineData("jobs submit ", "csv-import hourly-report photo-catalog")]
    [InlineData("jobs submit csv", "csv-import")]
    [InlineData("jobs runs --job p", "photo-catalog")]
    [InlineData("jobs runs --state s", "skipped starting stopping succeeded")]
    [InlineData("jobs runs --fo", "--follow")]
    [InlineData("jobs replay --schedule ", "hourly-report/rate-1-hour")]
    [InlineData("jobs dead-letters Up", "Uploads")]
    [InlineData("jobs completion ", "bash fish pwsh zsh")]
    public async Task Bash_completes(string line, string words)
    {
        await _running.TickAsync();

        var (_, output) = await BashAsync($"{Complete}\ncomplete_line '{line}'");

        Assert.Equal(words.Split(' '), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [BashFact]
    public async Task Bash_completes_the_ids_of_runs()
    {
        var id = await _running.UploadAsync("csv-import", "incoming/shell/completed.csv", "name,age\nAda,36\n");

        // Its run is made by a function that may have to start first.
        var words = await _running.WaitAsync("the run's id among the words", async () =>
        {
            var (_, output) = await BashAsync($"{Complete}\ncomplete_line 'jobs show {id.ToString()[..15]}'");
            return output.Split('\n') is { } offered && offered.Contains(id.ToString()) ? offered : null;
        });

        Assert.Single(words, id.ToString());
    }

    [BashFact]
    public async Task Name_is_the_command_lines_and_what_runs_in_the_background_stays_bashs()
    {
        var (code, output) = await BashAsync("sleep 30 & jobs -p; jobs; jobs completion zsh | head -1; kill %1; jobs runs --state faild 2>&1");

        var lines = output.Split('\n');
        Assert.Equal(2, code);
        Assert.Matches("^[0-9]+$", lines[0]);
        Assert.Contains("sleep 30", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("# The shell has", lines[2], StringComparison.Ordinal);
        Assert.Contains("did you mean 'failed'?", output, StringComparison.Ordinal);
    }

    [BashFact]
    public async Task Piped_output_is_whole_and_has_no_colours_nor_blanks_at_the_ends_of_lines()
    {
        var id = await _running.UploadAsync("csv-import", "incoming/shell/piped.csv", "a,b\n1,2,3\n");
        await _running.EndOfAsync(id);

        var (_, output) = await BashAsync($"jobs show {id} | cat");

        Assert.Contains("started by", output, StringComparison.Ordinal);
        Assert.Contains("Next: Mend the input", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
        Assert.All(output.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [BashFact]
    public async Task Following_ends_when_its_reader_has_gone()
    {
        await _running.UploadAsync("csv-import", "incoming/shell/first.csv", "name,age\nAda,36\n");

        var uploads = 0;
        var following = BashAsync("jobs runs --follow --json | head -1; echo ${PIPESTATUS[0]}");
        await _running.WaitAsync("the reader to go, and the writer to notice", async () =>
        {
            if (!following.IsCompleted) await _running.UploadAsync("csv-import", $"incoming/shell/next{uploads++}.csv", "name,age\nAda,36\n");
            return following.IsCompleted ? following : null;
        });

        var (_, output) = await following;
        Assert.Equal("141", output.Trim().Split('\n')[^1]);
    }

    private async Task<(int Code, string Output)> BashAsync(string script)
    {
        var info = new ProcessStartInfo("bash", ["--norc", "-c", $"eval \"$(env jobs completion bash)\"\n{script}"]) { RedirectStandardOutput = true };
        info.Environment["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}";
        info.Environment["AWS_ENDPOINT_URL"] = _running.Laptop.Endpoint.ToString();
        info.Environment["XDG_CACHE_HOME"] = _folder;
        info.Environment.Remove("JOBS_STACK");
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
