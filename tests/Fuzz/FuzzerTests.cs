using Jobs.Tests.Fuzz.Mutation;
using Jobs.Tests.Fuzz.Search;
using Jobs.Tests.Fuzz.Targets;

namespace Jobs.Tests.Fuzz;

/// <summary>What the fuzzer has to find is found, once for each kind, and again by its number.</summary>
[Collection(FuzzTests.OneAtATime)]
public sealed class FuzzerTests
{
    [Fact]
    public async Task What_throws_is_found_once_and_again_by_its_number()
    {
        var fuzzer = new Fuzzer(new FakeTarget(input =>
        {
            if (input.Contains((byte)'%')) throw new InvalidOperationException("A percent sign.");
        }));

        var finding = Assert.Single(await fuzzer.RunAsync(1, 2_000, CancellationToken.None));

        Assert.Equal(2_000, fuzzer.Done);
        Assert.Contains("A percent sign.", finding.Why, StringComparison.Ordinal);
        Assert.Equal(
            finding.Input, Assert.Single(await fuzzer.RunAsync(finding.Number, 1, CancellationToken.None)).Input);
    }

    [Fact]
    public async Task What_allocates_beyond_all_measure_is_found()
    {
        var fuzzer = new Fuzzer(new FakeTarget(_ => GC.KeepAlive(new byte[80 * 1_024 * 1_024])));

        Assert.Contains(
            "It allocated", await fuzzer.FaultOfAsync([1], CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_with_a_reason_is_no_finding() =>
        Assert.Empty(await new Fuzzer(new FakeTarget(_ => { })).RunAsync(1, 100, CancellationToken.None));

    [Fact]
    public async Task Target_that_there_is_not_is_told_with_those_that_there_are() =>
        Assert.Contains(
            "There are: uploads, ",
            (await Assert.ThrowsAsync<KeyNotFoundException>(() => FuzzTargets.StartAsync("upload"))).Message,
            StringComparison.Ordinal);

    private sealed class FakeTarget(Action<byte[]> take) : IFuzzTarget
    {
        public string Name => "fake";

        public IReadOnlyList<byte[]> Samples { get; } = ["one,two"u8.ToArray()];

        public IMutator Mutator { get; } = new ByteMutator(["%"u8.ToArray()], 100);

        public int InputsInTests => 100;

        public Task TakeAsync(byte[] input, CancellationToken cancellation)
        {
            take(input);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
