using Jobs.Tests.Fuzz.Mutation;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>Something that takes what others send: whatever comes, it ends, and says why.</summary>
internal interface IFuzzTarget : IAsyncDisposable
{
    /// <summary>Its name on a command line, such as <c>csv</c>.</summary>
    string Name { get; }

    /// <summary>Inputs as they are sent; what is tried are changes of these.</summary>
    IReadOnlyList<byte[]> Samples { get; }

    /// <summary>How they are changed.</summary>
    IMutator Mutator { get; }

    /// <summary>How many inputs the test command tries.</summary>
    int InputsInTests { get; }

    /// <summary>Takes one input.</summary>
    /// <exception cref="FindingException">It ended without a reason.</exception>
    Task TakeAsync(byte[] input, CancellationToken cancellation);
}
