using System.Diagnostics.CodeAnalysis;

namespace Jobs.Sdk.Contexts;

/// <summary>Submits runs of other jobs: once, however often what submits them is repeated.</summary>
internal interface ISubmissions
{
    /// <param name="job">Class of the other job.</param>
    /// <param name="inputs">One for each run.</param>
    /// <exception cref="ArgumentException">An input is of another type or too large, or there are too many.</exception>
    Task SubmitAsync(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type job,
        IEnumerable<object> inputs,
        CancellationToken cancellation);
}
