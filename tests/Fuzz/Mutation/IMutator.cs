namespace Jobs.Tests.Fuzz.Mutation;

/// <summary>Makes other inputs of those there are.</summary>
internal interface IMutator
{
    /// <summary>One input, with a fault or several; the same of the same dice.</summary>
    byte[] Mutate(IReadOnlyList<byte[]> samples, Random dice);
}
