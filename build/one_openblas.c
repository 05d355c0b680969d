/* OpenCV's linear algebra, done by NumPy's OpenBLAS: stands in for the second OpenBLAS, of 37 MB, in the bundle.

   OpenCV calls the usual interface with 32-bit integers; NumPy's copy has 64-bit ones and other names. Each function
   here widens the integers and passes the call on. The numbers it works on, and thus the results, are not touched.
   No header is included, so that a bare compiler will do. */

extern void *malloc(unsigned long);
extern void free(void *);
extern void abort(void) __attribute__((noreturn));

typedef long wide;

static wide *many(wide count) {
    wide *numbers = malloc((count > 0 ? count : 1) * sizeof(wide));
    if (!numbers) abort();
    return numbers;
}

static void narrow(wide *from, int *to, wide count) {
    for (wide i = 0; i < count; i++) to[i] = (int)from[i];
    free(from);
}

static wide least(wide a, wide b) { return a < b ? a : b; }

/* C := alpha A B + beta C; a complex alpha is passed by its address. */
#define GEMM(letter, number, scalar)                                                                                   \
    void scipy_cblas_##letter##gemm64_(int, int, int, wide, wide, wide, scalar, const number *, wide, const number *,  \
                                       wide, scalar, number *, wide);                                                  \
    void cblas_##letter##gemm(int order, int ta, int tb, int m, int n, int k, scalar alpha, const number *a, int lda,  \
                              const number *b, int ldb, scalar beta, number *c, int ldc) {                             \
        scipy_cblas_##letter##gemm64_(order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                    \
    }
GEMM(s, float, float)
GEMM(d, double, double)
GEMM(c, void, const void *)
GEMM(z, void, const void *)

/* The trailing lengths are Fortran's: one for each text argument. */
#define LAPACK(letter, number)                                                                                         \
    void scipy_##letter##gesv_64_(wide *, wide *, number *, wide *, wide *, number *, wide *, wide *);                 \
    void letter##gesv_(int *n, int *nrhs, number *a, int *lda, int *pivots, number *b, int *ldb, int *info) {          \
        wide n_ = *n, nrhs_ = *nrhs, lda_ = *lda, ldb_ = *ldb, info_ = 0, *pivots_ = many(n_);                         \
        scipy_##letter##gesv_64_(&n_, &nrhs_, a, &lda_, pivots_, b, &ldb_, &info_);                                    \
        narrow(pivots_, pivots, info_ < 0 ? 0 : n_);                                                                   \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##getrf_64_(wide *, wide *, number *, wide *, wide *, wide *);                                  \
    void letter##getrf_(int *m, int *n, number *a, int *lda, int *pivots, int *info) {                                 \
        wide m_ = *m, n_ = *n, lda_ = *lda, info_ = 0, count = least(m_, n_), *pivots_ = many(count);                  \
        scipy_##letter##getrf_64_(&m_, &n_, a, &lda_, pivots_, &info_);                                                \
        narrow(pivots_, pivots, info_ < 0 ? 0 : count);                                                                \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##posv_64_(char *, wide *, wide *, number *, wide *, number *, wide *, wide *, wide);           \
    void letter##posv_(char *uplo, int *n, int *nrhs, number *a, int *lda, number *b, int *ldb, int *info) {           \
        wide n_ = *n, nrhs_ = *nrhs, lda_ = *lda, ldb_ = *ldb, info_ = 0;                                              \
        scipy_##letter##posv_64_(uplo, &n_, &nrhs_, a, &lda_, b, &ldb_, &info_, 1);                                    \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##potrf_64_(char *, wide *, number *, wide *, wide *, wide);                                    \
    void letter##potrf_(char *uplo, int *n, number *a, int *lda, int *info) {                                          \
        wide n_ = *n, lda_ = *lda, info_ = 0;                                                                          \
        scipy_##letter##potrf_64_(uplo, &n_, a, &lda_, &info_, 1);                                                     \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##geqrf_64_(wide *, wide *, number *, wide *, number *, number *, wide *, wide *);              \
    void letter##geqrf_(int *m, int *n, number *a, int *lda, number *tau, number *work, int *lwork, int *info) {       \
        wide m_ = *m, n_ = *n, lda_ = *lda, lwork_ = *lwork, info_ = 0;                                                \
        scipy_##letter##geqrf_64_(&m_, &n_, a, &lda_, tau, work, &lwork_, &info_);                                     \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##gels_64_(char *, wide *, wide *, wide *, number *, wide *, number *, wide *, number *,        \
                                  wide *, wide *, wide);                                                               \
    void letter##gels_(char *trans, int *m, int *n, int *nrhs, number *a, int *lda, number *b, int *ldb, number *work, \
                       int *lwork, int *info) {                                                                        \
        wide m_ = *m, n_ = *n, nrhs_ = *nrhs, lda_ = *lda, ldb_ = *ldb, lwork_ = *lwork, info_ = 0;                    \
        scipy_##letter##gels_64_(trans, &m_, &n_, &nrhs_, a, &lda_, b, &ldb_, work, &lwork_, &info_, 1);               \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##gesdd_64_(char *, wide *, wide *, number *, wide *, number *, number *, wide *, number *,     \
                                   wide *, number *, wide *, wide *, wide *, wide);                                    \
    void letter##gesdd_(char *jobz, int *m, int *n, number *a, int *lda, number *s, number *u, int *ldu, number *vt,   \
                        int *ldvt, number *work, int *lwork, int *iwork, int *info) {                                  \
        (void)iwork; /* scratch space, too narrow */                                                                   \
        wide m_ = *m, n_ = *n, lda_ = *lda, ldu_ = *ldu, ldvt_ = *ldvt, lwork_ = *lwork, info_ = 0;                    \
        wide *iwork_ = many(8 * least(m_, n_));                                                                        \
        scipy_##letter##gesdd_64_(jobz, &m_, &n_, a, &lda_, s, u, &ldu_, vt, &ldvt_, work, &lwork_, iwork_, &info_,    \
                                  1);                                                                                  \
        free(iwork_);                                                                                                  \
        *info = (int)info_;                                                                                            \
    }                                                                                                                  \
    void scipy_##letter##geev_64_(char *, char *, wide *, number *, wide *, number *, number *, number *, wide *,      \
                                  number *, wide *, number *, wide *, wide *, wide, wide);                             \
    void letter##geev_(char *jobvl, char *jobvr, int *n, number *a, int *lda, number *wr, number *wi, number *vl,      \
                       int *ldvl, number *vr, int *ldvr, number *work, int *lwork, int *info) {                        \
        wide n_ = *n, lda_ = *lda, ldvl_ = *ldvl, ldvr_ = *ldvr, lwork_ = *lwork, info_ = 0;                           \
        scipy_##letter##geev_64_(jobvl, jobvr, &n_, a, &lda_, wr, wi, vl, &ldvl_, vr, &ldvr_, work, &lwork_, &info_,   \
                                 1, 1);                                                                                \
        *info = (int)info_;                                                                                            \
    }
LAPACK(s, float)
LAPACK(d, double)
