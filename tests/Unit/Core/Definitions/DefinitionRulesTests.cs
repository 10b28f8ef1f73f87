using Jobs.Core.Definitions;
using Jobs.Core.Sizes;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class DefinitionRulesTests
{
    private static readonly JobDefinition Valid = new("line-count")
    {
        Uploads = [new UploadTrigger("incoming/", ".csv")],
    };

    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html, written out apart from
    // FargateSizes.
    private static bool FargateHas(int cpu, int memory) => cpu switch
    {
        256 => memory is 512 or 1024 or 2048,
        512 => memory is 1024 or 2048 or 3072 or 4096,
        1024 => memory is >= 2048 and <= 8192 && memory % 1024 == 0,
        2048 => memory is >= 4096 and <= 16384 && memory % 1024 == 0,
        4096 => memory is >= 8192 and <= 30720 && memory % 1024 == 0,
        8192 => memory is >= 16384 and <= 61440 && memory % 4096 == 0,
        16384 => memory is >= 32768 and <= 122880 && memory % 8192 == 0,
        _ => false,
    };

    [Fact]
    public void Exactly_the_sizes_that_fargate_has_are_accepted()
    {
        int[] cpus =
        [
            0, 1, 128, 255, 256, 257, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384, 32768,
            -256,
        ];
        foreach (var cpu in cpus)
        {
            for (var memory = 0; memory <= 131_072; memory += 256)
            {
                foreach (var near in (int[])[memory - 1, memory, memory + 1])
                {
                    var accepted = !DefinitionRules.Check("jobs", Valid with { Cpu = cpu, MemoryMiB = near }).Any();
                    if (accepted != FargateHas(cpu, near))
                    {
                        Assert.Fail($"Cpu = {cpu}, MemoryMiB = {near} was {(accepted ? "accepted" : "refused")}.");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1_024, 1_024, "With Cpu = 1024 use MemoryMiB = 2048 to 8192 in steps of 1024, or for 1024 MiB use " +
        "Cpu = 256 or 512.")]
    [InlineData(256, 700, "With Cpu = 256 use MemoryMiB = 512, 1024, 2048.")]
    [InlineData(300, 512, "Use one of 256, 512, 1024, 2048, 4096, 8192, 16384.")]
    public void Wrong_size_is_answered_with_the_right_ones(int cpu, int memory, string remedy) =>
        Assert.Equal(
            remedy, Assert.Single(DefinitionRules.Check("jobs", Valid with { Cpu = cpu, MemoryMiB = memory })).Remedy);

    public static TheoryData<string, JobDefinition, bool> Limits()
    {
        var data = new TheoryData<string, JobDefinition, bool>();
        void Range(string name, int low, int high, Func<int, JobDefinition> with)
        {
            data.Add($"{name} = {low - 1}", with(low - 1), false);
            data.Add($"{name} = {low}", with(low), true);
            data.Add($"{name} = {high}", with(high), true);
            data.Add($"{name} = {high + 1}", with(high + 1), false);
        }

        Range("EphemeralStorageGiB", 21, 200, value => Valid with { EphemeralStorageGiB = value });
        Range("TimeoutMinutes", 1, 10_080, value => Valid with { TimeoutMinutes = value });
        Range("StopTimeoutSeconds", 2, 120, value => Valid with { StopTimeoutSeconds = value });
        Range("MaxConcurrent", 1, 10_000, value => Valid with { MaxConcurrent = value });
        Range(
            "Uploads.Priority",
            0,
            9,
            value => Valid with { Uploads = [new UploadTrigger("incoming/") { Priority = value }] });
        Range("Retry.Attempts", 1, 20, value => Valid with { Retry = new() { Attempts = value } });
        Range(
            "Retry.BackoffSeconds",
            0,
            86_400,
            value => Valid with { Retry = new() { BackoffSeconds = value, MaxBackoffSeconds = 100_000 } });
        data.Add(
            "Retry.MaxBackoffSeconds = BackoffSeconds",
            Valid with { Retry = new() { BackoffSeconds = 60, MaxBackoffSeconds = 60 } },
            true);
        data.Add(
            "Retry.MaxBackoffSeconds < BackoffSeconds",
            Valid with { Retry = new() { BackoffSeconds = 60, MaxBackoffSeconds = 59 } },
            false);
        Range("RunTimeoutMinutes", 60, 43_200, value => Valid with { RunTimeoutMinutes = value });
        data.Add("MaxMemoryMiB of the next size", Valid with { MaxMemoryMiB = 1_024 }, true);
        data.Add("MaxMemoryMiB below the next size", Valid with { MaxMemoryMiB = 1_023 }, false);
        data.Add(
            "MaxMemoryMiB at the largest size",
            Valid with { Cpu = 16_384, MemoryMiB = 122_880, MaxMemoryMiB = 200_000 },
            false);
        Range(
            "Retry.NonRetryable.ExitCodes",
            0,
            255,
            value => Valid with { Retry = new() { NonRetryable = new() { ExitCodes = [value] } } });
        Range(
            "Retry.Retryable.ExitCodes",
            0,
            255,
            value => Valid with { Retry = new() { Retryable = new() { ExitCodes = [value] } } });
        Range(
            "Retry.Retryable with so many",
            1,
            16,
            value =>
                Valid with { Retry = new() { Retryable = new() { ExitCodes = [.. Enumerable.Range(0, value)] } } });
        foreach (var verdict in (VerdictClass[])[VerdictClass.Cancelled, VerdictClass.SpotInterruption,
            VerdictClass.Succeeded, VerdictClass.Throttled, (VerdictClass)999])
        {
            data.Add(
                $"rule about {verdict}",
                Valid with { Retry = new() { NonRetryable = new() { Classes = [verdict] } } },
                false);
        }

        foreach (var verdict in RetryRules.Decidable)
        {
            data.Add(
                $"rule about {verdict}",
                Valid with { Retry = new() { Retryable = new() { Classes = [verdict] } } },
                true);
        }

        foreach (var type in (string[])["", " ", "System.Format Exception", new string('T', 201)])
        {
            data.Add(
                $"error type '{type}'",
                Valid with { Retry = new() { NonRetryable = new() { ErrorTypes = [type] } } },
                false);
        }

        data.Add(
            "rules",
            Valid with
            {
                Retry = Rules(
                    new() { ExitCodes = [1], ErrorTypes = ["A"] },
                    new() { ExitCodes = [2], ErrorTypes = ["B"], Classes = [VerdictClass.TimedOut] }),
            },
            true);
        data.Add(
            "same exit code twice",
            Valid with { Retry = Rules(new() { ExitCodes = [1, 2] }, new() { ExitCodes = [2] }) },
            false);
        data.Add(
            "same class twice",
            Valid with
            {
                Retry = Rules(new() { Classes = [VerdictClass.Killed] }, new() { Classes = [VerdictClass.Killed] }),
            },
            false);
        data.Add(
            "same type twice",
            Valid with { Retry = Rules(new() { ErrorTypes = ["A.B"] }, new() { ErrorTypes = ["A.B"] }) },
            false);
        data.Add("no storage", Valid with { EphemeralStorageGiB = null }, true);
        data.Add("no cap", Valid with { MaxConcurrent = null }, true);
        data.Add("prefix of 1,024 bytes", Valid with { Uploads = [new(new string('ü', 512))] }, true);
        data.Add(
            "prefix and suffix of 1,025 bytes", Valid with { Uploads = [new(new string('ü', 510), ".json")] }, false);
        data.Add("reserved prefix", Valid with { Uploads = [new("_jobs/results/")] }, false);
        data.Add("leading slash", Valid with { Uploads = [new("/incoming/")] }, false);
        data.Add("same trigger twice", Valid with { Uploads = [new("a/"), new("a/")] }, false);
        data.Add("writes beside its trigger", Valid with { Writes = ["reports/"] }, true);
        data.Add("writes under its trigger", Valid with { Writes = ["incoming/out/"] }, false);
        data.Add("writes above its trigger", Valid with { Writes = ["in"] }, false);
        data.Add("writes under its trigger, meant", Valid with { Writes = ["incoming/out/"], AllowLoop = true }, true);
        data.Add("wildcard in Reads", Valid with { Reads = ["reports/*"] }, false);
        data.Add("question mark in Writes", Valid with { Writes = ["report?/"] }, false);
        data.Add("reserved in Reads", Valid with { Reads = ["_jobs/"] }, false);
        data.Add("environment", Valid with { Environment = Variable("RATE_1") }, true);
        foreach (var name in (string[])["JOBS_X", "AWS_REGION", "1A", "A-B", "", "A\n"])
        {
            data.Add($"environment '{name}'", Valid with { Environment = Variable(name) }, false);
        }

        foreach (var name in (string[])["a", "a1", "csv-import", new string('a', 64)])
        {
            data.Add($"name {name}", Valid with { Name = name }, true);
        }

        foreach (var name in (string[])["", "A", "1a", "-a", "a-", "a--b", "a_b", "a.b", "a b", "ä", "a\n",
            new string('a', 65)])
        {
            data.Add($"name '{name}'", Valid with { Name = name }, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Limit_holds_at_its_edges_and_its_error_says_what_to_do(string what, JobDefinition job, bool valid)
    {
        var errors = DefinitionRules.Check("jobs", job).ToList();

        Assert.True(valid == (errors.Count == 0), $"{what}: {string.Join(" | ", errors)}");
        Assert.All(errors, error =>
        {
            Assert.Equal(job.Name, error.Job);
            Assert.NotEmpty(error.Rule);
            Assert.NotEmpty(error.Remedy);
            Assert.Equal(
                $"Job '{error.Job}': {error.Rule} (declared: {error.Value}). {error.Remedy}", error.ToString());
        });
    }

    [Theory]
    [InlineData(190, 64, true)]
    [InlineData(191, 64, false)]
    public void Family_is_at_most_255_characters(int stack, int job, bool valid) =>
        Assert.Equal(
            valid, !DefinitionRules.Check(new string('s', stack), Valid with { Name = new string('a', job) }).Any());

    [Fact]
    public void Two_jobs_of_one_name_are_refused()
    {
        var error = Assert.Single(
            DefinitionRules.Check(
                "jobs", [Valid, Valid with { Cpu = 512, MemoryMiB = 1_024 }, Valid with { Name = "other" }]));

        Assert.Equal(("line-count", "2 jobs of this name"), (error.Job, error.Value));
    }

    [Theory]
    [InlineData("incoming/", ".csv", "incoming/a.csv", true)]
    [InlineData("incoming/", ".csv", "incoming/.csv", true)]
    [InlineData("incoming/", "ing/", "incoming/", false)]
    [InlineData("incoming/", ".csv", "Incoming/a.csv", false)]
    [InlineData("a*b", "", "a*b/c", true)]
    [InlineData("a*b", "", "axb/c", false)]
    [InlineData("", "", "", true)]
    public void Trigger_matches_prefix_and_suffix_as_written(string prefix, string suffix, string key, bool matches) =>
        Assert.Equal(matches, new UploadTrigger(prefix, suffix).Matches(key));

    [Theory]
    [InlineData(256, 512, 1_024, "256/1024")]
    [InlineData(256, 512, 1_023, null)]
    [InlineData(256, 2_048, 122_880, "512/3072")]
    [InlineData(512, 4_096, 5_120, "1024/5120")]
    [InlineData(1_024, 8_192, 122_880, "2048/9216")]
    [InlineData(4_096, 30_720, 30_720, null)]
    [InlineData(4_096, 30_720, 40_000, "8192/32768")]
    [InlineData(8_192, 61_440, 122_880, "16384/65536")]
    [InlineData(16_384, 122_880, int.MaxValue, null)]
    public void Next_size_has_more_memory_with_as_little_more_cpu_as_possible(
        int cpu, int memory, int limit, string? next) =>
        Assert.Equal(next, FargateSizes.Bigger(new TaskSize(cpu, memory), limit)?.ToString());

    [Fact]
    public void Growing_goes_through_sizes_that_fargate_has_up_to_the_largest()
    {
        var size = new TaskSize(256, 512);
        while (FargateSizes.Bigger(size, int.MaxValue) is { } bigger)
        {
            Assert.True(
                FargateHas(bigger.Cpu, bigger.MemoryMiB) && bigger.MemoryMiB > size.MemoryMiB && bigger.Cpu >= size.Cpu,
                $"{size} grew to {bigger}.");
            Assert.Equal(bigger, TaskSize.Parse(bigger.ToString()));
            size = bigger;
        }

        Assert.Equal(new TaskSize(16_384, 122_880), size);
    }

    private static RetryPolicy Rules(RetryMatch never, RetryMatch again) =>
        new() { NonRetryable = never, Retryable = again };

    private static Dictionary<string, string> Variable(string name) => new() { [name] = "value" };
}
