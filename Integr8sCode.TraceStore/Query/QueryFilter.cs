namespace Integr8sCode.Query;

/// <summary>Answers what is wrong with a request in the error envelope of the API it was made to.</summary>
internal static class QueryFilter
{
    public static RouteGroupBuilder WithErrors(this RouteGroupBuilder group, Func<int, string, IResult> error) =>
        group.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (InvalidQueryException exception)
            {
                return error(StatusCodes.Status400BadRequest, exception.Message);
            }
            catch (TimeoutException exception)
            {
                return error(StatusCodes.Status503ServiceUnavailable, exception.Message);
            }
        });
}
