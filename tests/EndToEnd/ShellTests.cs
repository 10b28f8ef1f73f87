using System.Diagnostics;

namespace Jobs.Tests.EndToEnd;

/// <summary>The command line as bash sees it: found by dotnet, completed, and at the head of a pipe.</summary>
[Collection(LaptopCollection.Name)]
public sealed class ShellTests : IDisposable
{
    private const string Complete = """
        complete_line() {
          COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"
          [[ $1 == *' ' ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
          _dotnet_jobs_complete
          printf '%s\n' "${COMPREPLY[@]}"
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-shell-").FullName;
    private readonly RunningLaptop _running;

    public ShellTests(RunningLaptop running)
    {
        _running = running;
        var program = Path.Combine(_folder, "dotnet-jobs");
        File.WriteAllText(
            program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "Jobs.Cli.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BashTheory]
    [InlineData("dotnet-jobs ru", "runs")]
    [InlineData("dotnet-jobs u", "ui up")]
    [InlineData("dotnet-jobs dem", "demo")]
    [InlineData("dotnet-jobs submit ", "csv-import hourly-report photo-catalog")]
    [InlineData("dotnet-jobs submit csv", "csv-import")]
    [InlineData("dotnet-jobs runs --job p", "photo-catalog")]
    [InlineData("dotnet-jobs runs --state s", "skipped starting stopping succeeded")]
    [InlineData("dotnet-jobs runs --fo", "--follow")]
    [InlineData("dotnet-jobs replay --schedule ", "hourly-report/rate-1-hour")]
    [InlineData("dotnet-jobs dead-letters Up", "Uploads")]
    [InlineData("dotnet-jobs completion ", "bash fish pwsh zsh")]
    public async Task Bash_completes(string line, string words)
    {
        await _running.TickAsync();

        var (_, output) = await BashAsync($"{Complete}\ncomplete_line '{line}'");

        Assert.Equal(
            words.Split(' '), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [BashFact]
    public async Task Bash_completes_the_ids_of_runs()
    {
        var id = await _running.UploadAsync("csv-import", "incoming/shell/completed.csv", "name,age\nAda,36\n");

        // Its run is made by a function that may have to start first.
        var words = await _running.WaitAsync("the run's id among the words", async () =>
        {
            var (_, output) = await BashAsync($"{Complete}\ncomplete_line 'dotnet-jobs show {id.ToString()[..15]}'");
            return output.Split('\n') is { } offered && offered.Contains(id.ToString()) ? offered : null;
        });

        Assert.Single(words, id.ToString());
    }

    [BashFact]
    public async Task Dotnet_finds_it_and_bashs_own_jobs_stay_bashs()
    {
        var (code, output) = await BashAsync("sleep 30 & jobs; kill %1; dotnet jobs runs --state faild 2>&1");

        Assert.Equal(2, code);
        Assert.Contains("sleep 30", output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("did you mean 'failed'?", output, StringComparison.Ordinal);
    }

    [BashFact]
    public async Task Piped_output_is_whole_and_has_no_colours_nor_blanks_at_the_ends_of_lines()
    {
        var id = await _running.UploadAsync("csv-import", "incoming/shell/piped.csv", "a,b\n1,2,3\n");
        await _running.EndOfAsync(id);

        var (_, output) = await BashAsync($"dotnet-jobs show {id} | cat");

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
        var following = BashAsync("dotnet-jobs runs --follow --json | head -1; echo ${PIPESTATUS[0]}");
        await _running.WaitAsync("the reader to go, and the writer to notice", async () =>
        {
            if (!following.IsCompleted)
            {
                await _running.UploadAsync("csv-import", $"incoming/shell/next{uploads++}.csv", "name,age\nAda,36\n");
            }

            return following.IsCompleted ? following : null;
        });

        var (_, output) = await following;
        Assert.Equal("141", output.Trim().Split('\n')[^1]);
    }

    private async Task<(int Code, string Output)> BashAsync(string script)
    {
        var info = new ProcessStartInfo(
            "bash",
            ["--norc", "-c", $"eval \"$(dotnet jobs completion bash)\"\n{script}"])
        { RedirectStandardOutput = true };
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
