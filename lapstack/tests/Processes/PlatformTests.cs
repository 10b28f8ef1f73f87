using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Lapstack.Processes;

namespace Lapstack.Tests.Processes;

public sealed class PlatformTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Process_keeps_its_identity_and_shares_it_with_none()
    {
        var mine = Platform.Current.Identity(Environment.ProcessId);

        Assert.NotNull(mine);
        Assert.Equal(mine, Platform.Current.Identity(Environment.ProcessId));
        Assert.Null(Platform.Current.Identity(int.MaxValue));
    }

    [SystemFact(SystemFactAttribute.Linux)]
    public void Limit_of_open_files_is_the_one_that_children_get()
    {
        var start = new ProcessStartInfo("sh", ["-c", "ulimit -n"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var limit = shell.StandardOutput.ReadToEnd().Trim();

        Assert.Equal(
            limit,
            Platform.Current.OpenFileLimit()?.ToString(CultureInfo.InvariantCulture) ?? "unlimited");
    }

    /// <summary>Linux has the programs that it takes, and they do the same there.</summary>
    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS, Programs = ["perl", "ps"])]
    [UnsupportedOSPlatform("windows")]
    public async Task On_macOS_a_group_is_led_known_again_measured_and_killed()
    {
        var mac = new MacPlatform();
        // The shell's child holds the memory: it counts for the group.
        var start = mac.Describe(
            "/bin/sh",
            [
                "-c",
                "kill -s 0 -- -$$ && head -c 100000000 /dev/zero | tail -c 100000000 | (echo leads; sleep 60)",
            ]);
        start.RedirectStandardOutput = true;
        using var program = Process.Start(start)!;
        using var group = mac.GroupOf(program);
        var leads = await program.StandardOutput.ReadLineAsync().WaitAsync(Patience);

        var identity = mac.Identity(program.Id);
        await Eventually.TrueAsync(() => group.MemoryBytes() > 50_000_000);

        Assert.Equal("leads", leads);
        Assert.NotNull(identity);
        Assert.Equal(identity, mac.Identity(program.Id));
        group.Kill();
        await program.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(137, program.ExitCode);
        Assert.Null(mac.Identity(program.Id));
    }

    /// <summary>Windows takes a structure of its own size only.</summary>
    [Fact]
    public void Limits_of_a_job_object_have_the_layout_of_Windows()
    {
        Assert.Equal(Environment.Is64BitProcess ? 144 : 112, Marshal.SizeOf<JobLimits>());
        Assert.Equal(16, Marshal.OffsetOf<JobLimits>(nameof(JobLimits.Flags)));
    }

    [SystemFact(SystemFactAttribute.Windows)]
    [SupportedOSPlatform("windows")]
    public async Task End_of_the_emulator_closes_the_job_object_and_ends_what_is_in_it()
    {
        using var program = Process.Start(Platform.Current.Describe("ping", ["-n", "60", "127.0.0.1"]))!;

        Platform.Current.GroupOf(program).Dispose();

        await program.WaitForExitAsync().WaitAsync(Patience);
    }
}
