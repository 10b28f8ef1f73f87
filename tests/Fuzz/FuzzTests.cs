using Jobs.Tests.Fuzz.Search;
using Jobs.Tests.Fuzz.Targets;

namespace Jobs.Tests.Fuzz;

/// <summary>
/// Some seconds of what <c>bench/fuzz</c> does by the million, on the same inputs each time, and every input that once
/// failed.
/// </summary>
[Collection(OneAtATime)]
public sealed class FuzzTests
{
    /// <summary>What an input allocates is measured in the whole process: nothing else may run beside it.</summary>
    internal const string OneAtATime = "one at a time";

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Every_input_ends_with_a_reason(string name)
    {
        var target = await FuzzTargets.StartAsync(name);
        await using (target)
        {
            var fuzzer = new Fuzzer(target);
            foreach (var kept in Findings.Of(name))
                Assert.Null(await fuzzer.FaultOfAsync(kept, CancellationToken.None));

            var found = await fuzzer.RunAsync(1, (ulong)target.InputsInTests, CancellationToken.None);

            Assert.True(found.Count == 0, string.Join("\n\n", found));
            Assert.Equal(target.InputsInTests, fuzzer.Done);
        }
    }
}
